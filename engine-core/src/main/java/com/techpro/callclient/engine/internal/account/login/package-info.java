// SPDX-License-Identifier: Apache-2.0
/** What the engine does with a login at any phone system, and the login at a plain SIP registrar. */
@NullMarked
package com.techpro.callclient.engine.internal.account.login;

import org.jspecify.annotations.NullMarked;
