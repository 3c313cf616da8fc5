// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.nio.charset.StandardCharsets;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates the user by AUTHENTICATE PLAIN (RFC 4616) if the server offers it, otherwise by
 * LOGIN. Both show the password to the server, so use them only inside TLS. The mail library needs
 * the password as a string, which cannot be wiped.
 */
final class ImapLogin {
    private ImapLogin() {}

    static void run(ImapProtocol protocol, ImapAccount account) throws VoicemailException {
        ProtocolException failure;
        try {
            failure = account.password()
                    .use(SecretAccess.forAuthenticators(), password -> attempt(protocol, account.user(), password));
        } catch (IllegalStateException e) {
            throw new VoicemailException(Reason.CLOSED, "this box was closed");
        }
        if (failure != null) {
            throw ImapFailures.loggingIn(failure);
        }
    }

    private static @Nullable ProtocolException attempt(ImapProtocol protocol, String user, char[] password) {
        try {
            if (protocol.hasCapability("AUTH=PLAIN")) {
                protocol.authplain(null, user, new String(password));
            } else if (protocol.hasCapability("LOGINDISABLED")) {
                throw new ProtocolException("the server offers no way to log in");
            } else {
                Argument both = new Argument();
                both.writeString(user, StandardCharsets.UTF_8);
                both.writeString(new String(password), StandardCharsets.UTF_8);
                Response[] answers = protocol.command("LOGIN", both);
                protocol.handleResult(answers[answers.length - 1]);
            }
            return null;
        } catch (ProtocolException e) {
            return e;
        }
    }
}
