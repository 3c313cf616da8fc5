// SPDX-License-Identifier: Apache-2.0
/** The engine's cost: figures measured side by side in one run. */
@NullMarked
package com.techpro.callclient.testkit.cli.bench;

import org.jspecify.annotations.NullMarked;
