// SPDX-License-Identifier: Apache-2.0
/** A telephone in the terminal: {@code ./callclient phone}. */
@NullMarked
package com.techpro.callclient.testkit.cli.phone;

import org.jspecify.annotations.NullMarked;
