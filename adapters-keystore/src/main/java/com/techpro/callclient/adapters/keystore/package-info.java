// SPDX-License-Identifier: Apache-2.0
/** The secure store as one encrypted file, whose key the operating system's keyring holds or a passphrase yields. */
@NullMarked
package com.techpro.callclient.adapters.keystore;

import org.jspecify.annotations.NullMarked;
