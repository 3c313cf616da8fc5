// SPDX-License-Identifier: Apache-2.0
/**
 * The secure store as one encrypted file, whose key is in the operating system's keyring or comes
 * from a passphrase.
 */
@NullMarked
package com.techpro.callclient.adapters.keystore;

import org.jspecify.annotations.NullMarked;
