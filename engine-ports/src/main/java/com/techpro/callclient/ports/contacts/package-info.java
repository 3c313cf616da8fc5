// SPDX-License-Identifier: Apache-2.0
/** The device's address book. */
@NullMarked
package com.techpro.callclient.ports.contacts;

import org.jspecify.annotations.NullMarked;
