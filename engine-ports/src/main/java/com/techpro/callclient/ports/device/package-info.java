// SPDX-License-Identifier: Apache-2.0
/** What the app runs on. */
@NullMarked
package com.techpro.callclient.ports.device;

import org.jspecify.annotations.NullMarked;
