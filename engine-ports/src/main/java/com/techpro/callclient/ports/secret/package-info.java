// SPDX-License-Identifier: Apache-2.0
/** Passwords and keys that must not be printed, copied around or kept. */
@NullMarked
package com.techpro.callclient.ports.secret;

import org.jspecify.annotations.NullMarked;
