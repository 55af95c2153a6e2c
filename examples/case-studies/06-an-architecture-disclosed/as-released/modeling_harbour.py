# Copyright 2022 EleutherAI and the HuggingFace Inc. team. All rights reserved.
#
# SPDX-License-Identifier: Apache-2.0


class HarbourForCausalLM: ...
