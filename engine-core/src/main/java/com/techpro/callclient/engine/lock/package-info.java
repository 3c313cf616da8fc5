// SPDX-License-Identifier: Apache-2.0
/** The lock on the app. */
@NullMarked
package com.techpro.callclient.engine.lock;

import org.jspecify.annotations.NullMarked;
