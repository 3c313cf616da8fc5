// SPDX-License-Identifier: Apache-2.0
/** What the engine costs: figures measured side by side in one run. */
@NullMarked
package com.techpro.callclient.testkit.soak.bench;

import org.jspecify.annotations.NullMarked;
