// SPDX-License-Identifier: Apache-2.0
/** Accounts over HTTPS for users who log in by e-mail and password. */
@NullMarked
package com.techpro.callclient.testkit.pbx.provisioning;

import org.jspecify.annotations.NullMarked;
