// SPDX-License-Identifier: Apache-2.0
/**
 * Voicemail in an IMAP mailbox (RFC 3501), inside TLS. {@link com.techpro.callclient.adapters.phonesystems.imap.ImapVoicemailBox} is the
 * port; {@code ImapConnection} speaks the protocol; {@code Dialect} knows how each phone system writes its messages; {@code Mailbox} remembers
 * what has been listed; {@code MailboxWatch} waits for news. Blocking, and on workers alone.
 */
@NullMarked
package com.techpro.callclient.adapters.phonesystems.imap;

import org.jspecify.annotations.NullMarked;
