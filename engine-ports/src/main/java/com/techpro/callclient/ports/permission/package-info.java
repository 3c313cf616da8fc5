// SPDX-License-Identifier: Apache-2.0
/** The permissions that the user granted to the app. */
@NullMarked
package com.techpro.callclient.ports.permission;

import org.jspecify.annotations.NullMarked;
