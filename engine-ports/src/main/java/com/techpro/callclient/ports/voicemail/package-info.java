// SPDX-License-Identifier: Apache-2.0
/** The user's mailbox at the phone system, with the messages that callers left. */
@NullMarked
package com.techpro.callclient.ports.voicemail;

import org.jspecify.annotations.NullMarked;
