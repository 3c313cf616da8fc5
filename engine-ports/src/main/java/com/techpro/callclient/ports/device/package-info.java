// SPDX-License-Identifier: Apache-2.0
/** The description of the app and its device. */
@NullMarked
package com.techpro.callclient.ports.device;

import org.jspecify.annotations.NullMarked;
