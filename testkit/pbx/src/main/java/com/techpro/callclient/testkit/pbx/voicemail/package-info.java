// SPDX-License-Identifier: Apache-2.0
/** Voicemail: greeting, recording, menu, and mailboxes in a real IMAP server. */
@NullMarked
package com.techpro.callclient.testkit.pbx.voicemail;

import org.jspecify.annotations.NullMarked;
