// SPDX-License-Identifier: Apache-2.0
/** The lock on the app: who may see and do what while nobody has proved to be the user. */
@NullMarked
package com.techpro.callclient.engine.internal.lock;

import org.jspecify.annotations.NullMarked;
