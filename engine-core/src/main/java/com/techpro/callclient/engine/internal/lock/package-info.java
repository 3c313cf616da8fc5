// SPDX-License-Identifier: Apache-2.0
/** The app lock: what is allowed while nobody has proved to be the user. */
@NullMarked
package com.techpro.callclient.engine.internal.lock;

import org.jspecify.annotations.NullMarked;
