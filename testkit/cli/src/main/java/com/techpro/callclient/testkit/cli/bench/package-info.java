// SPDX-License-Identifier: Apache-2.0
/** What the engine costs: figures measured side by side in one run. */
@NullMarked
package com.techpro.callclient.testkit.cli.bench;

import org.jspecify.annotations.NullMarked;
