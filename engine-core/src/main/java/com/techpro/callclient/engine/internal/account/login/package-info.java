// SPDX-License-Identifier: Apache-2.0
/**
 * Login to an organisation's phone system: HTTPS, provisioning documents, policy, and finding the server. Everything here blocks and runs on
 * workers. Nothing here logs.
 */
@NullMarked
package com.techpro.callclient.engine.internal.account.login;

import org.jspecify.annotations.NullMarked;
