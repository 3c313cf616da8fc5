// SPDX-License-Identifier: Apache-2.0
/** The reasons why something did not happen. */
@NullMarked
package com.techpro.callclient.engine.failure;

import org.jspecify.annotations.NullMarked;
