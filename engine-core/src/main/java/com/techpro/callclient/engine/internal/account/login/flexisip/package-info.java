// SPDX-License-Identifier: Apache-2.0
/** The mailbox that a Flexisip account manager keeps. Written from its published description; see docs/phone-systems.md. */
@NullMarked
package com.techpro.callclient.engine.internal.account.login.flexisip;

import org.jspecify.annotations.NullMarked;
