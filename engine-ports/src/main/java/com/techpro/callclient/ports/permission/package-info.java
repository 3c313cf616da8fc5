// SPDX-License-Identifier: Apache-2.0
/** What the user allowed the app to use. */
@NullMarked
package com.techpro.callclient.ports.permission;

import org.jspecify.annotations.NullMarked;
