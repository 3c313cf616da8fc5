// SPDX-License-Identifier: Apache-2.0
/** Being found by calls while the app sleeps. */
@NullMarked
package com.techpro.callclient.engine.internal.push;

import org.jspecify.annotations.NullMarked;
