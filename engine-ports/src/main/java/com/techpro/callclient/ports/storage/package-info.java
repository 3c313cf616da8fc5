// SPDX-License-Identifier: Apache-2.0
/** Encrypted storage of the user's data, by the platform's means. */
@NullMarked
package com.techpro.callclient.ports.storage;

import org.jspecify.annotations.NullMarked;
