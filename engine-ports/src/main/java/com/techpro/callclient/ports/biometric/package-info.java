// SPDX-License-Identifier: Apache-2.0
/** Whether the person at the device is its owner, as the platform finds it. */
@NullMarked
package com.techpro.callclient.ports.biometric;

import org.jspecify.annotations.NullMarked;
