// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.message;

/** The header values whose structure the stack relies on. */
sealed interface HeaderValue permits Via, NameAddr, CSeq {}
