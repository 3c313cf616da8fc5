// SPDX-License-Identifier: Apache-2.0
/** What the user is told while the app is not in front. */
@NullMarked
package com.techpro.callclient.engine.internal.notification;

import org.jspecify.annotations.NullMarked;
