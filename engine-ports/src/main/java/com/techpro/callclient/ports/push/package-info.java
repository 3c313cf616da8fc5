// SPDX-License-Identifier: Apache-2.0
/** Waking a sleeping app when a call comes. */
@NullMarked
package com.techpro.callclient.ports.push;

import org.jspecify.annotations.NullMarked;
