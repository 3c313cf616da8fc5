// SPDX-License-Identifier: Apache-2.0
/**
 * Logging in to an organisation's phone system, and the account, policy and services it gives the
 * user.
 */
@NullMarked
package com.techpro.callclient.ports.phonesystem;

import org.jspecify.annotations.NullMarked;
