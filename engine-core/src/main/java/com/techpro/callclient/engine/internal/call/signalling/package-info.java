// SPDX-License-Identifier: Apache-2.0
/**
 * The SIP of a call: dialogs, requests within the session, its timer, the incoming INVITE. It
 * knows nobody above: what it hears is a {@code CallInput}.
 */
@NullMarked
package com.techpro.callclient.engine.internal.call.signalling;

import org.jspecify.annotations.NullMarked;
