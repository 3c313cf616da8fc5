// SPDX-License-Identifier: Apache-2.0
internal val FACTOR = 3
