// SPDX-License-Identifier: Apache-2.0
/** Push wake-ups for incoming calls. */
@NullMarked
package com.techpro.callclient.ports.push;

import org.jspecify.annotations.NullMarked;
