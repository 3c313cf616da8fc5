// SPDX-License-Identifier: Apache-2.0
/** The user's data at rest, encrypted by the platform's means. */
@NullMarked
package com.techpro.callclient.ports.storage;

import org.jspecify.annotations.NullMarked;
