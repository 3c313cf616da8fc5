// SPDX-License-Identifier: Apache-2.0
/** The mailbox in which a phone system keeps the messages that callers left. */
@NullMarked
package com.techpro.callclient.ports.voicemail;

import org.jspecify.annotations.NullMarked;
