// SPDX-License-Identifier: Apache-2.0
/**
 * Login at a phone system with provisioning documents: finding the server, HTTPS, the documents and
 * their policy. Everything here blocks and runs on workers. Nothing logs.
 */
@NullMarked
package com.techpro.callclient.adapters.phonesystems.provisioning;

import org.jspecify.annotations.NullMarked;
