// SPDX-License-Identifier: Apache-2.0
/** Notifications to the user while the app is not in front. */
@NullMarked
package com.techpro.callclient.ports.notification;

import org.jspecify.annotations.NullMarked;
