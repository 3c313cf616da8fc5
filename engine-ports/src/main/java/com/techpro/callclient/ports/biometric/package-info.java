// SPDX-License-Identifier: Apache-2.0
/** Confirmation by the platform that its owner is at the device. */
@NullMarked
package com.techpro.callclient.ports.biometric;

import org.jspecify.annotations.NullMarked;
