// SPDX-License-Identifier: Apache-2.0
/**
 * Voicemail in an IMAP mailbox (RFC 3501), inside TLS.
 * {@link com.techpro.callclient.adapters.phonesystems.imap.ImapVoicemailBox} implements the port.
 * {@code ImapConnection} speaks the protocol, {@code Dialect} knows the formats of phone systems,
 * {@code Mailbox} remembers the listed messages, and {@code MailboxWatch} waits for changes. All
 * methods block and run on workers.
 */
@NullMarked
package com.techpro.callclient.adapters.phonesystems.imap;

import org.jspecify.annotations.NullMarked;
