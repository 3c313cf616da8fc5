// SPDX-License-Identifier: Apache-2.0
/**
 * Login at a phone system with provisioning documents: HTTPS, the documents, their policy, and finding the server. Everything here blocks and
 * runs on workers. Nothing here logs.
 */
@NullMarked
package com.techpro.callclient.adapters.phonesystems.provisioning;

import org.jspecify.annotations.NullMarked;
