// SPDX-License-Identifier: Apache-2.0
/** The app lock. */
@NullMarked
package com.techpro.callclient.engine.lock;

import org.jspecify.annotations.NullMarked;
