// SPDX-License-Identifier: Apache-2.0
/** What is done to the engine on purpose, and what must come of it: one table, which {@code .ci/attack} runs. */
@NullMarked
package com.techpro.callclient.testkit.soak.attack;

import org.jspecify.annotations.NullMarked;
