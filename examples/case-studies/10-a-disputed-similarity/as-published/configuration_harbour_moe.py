# Copyright (c) Harbour Laboratory 2025
# Copyright 2024 The Qwen team, Alibaba Group and the HuggingFace Inc. team. All rights reserved.
#
# SPDX-License-Identifier: Apache-2.0
class HarbourMoEConfig: ...
