"""Reports in, bills of materials out: SPDX 2.3, SPDX 3.0.1 and CycloneDX, all from one neutral bill."""
