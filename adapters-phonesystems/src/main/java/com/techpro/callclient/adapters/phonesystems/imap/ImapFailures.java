// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.stack.sip.transport.WebTls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/** Turns failures into a reason, without anything that the server said. */
final class ImapFailures {
    private static final String LOST = "the connection to the mailbox is lost";

    private ImapFailures() {}

    /** For look-up, connection and TLS, before the mail library is used. */
    static VoicemailException connecting(IOException e) {
        if (e instanceof VoicemailException already) {
            return already;
        }
        if (e instanceof SSLException) {
            boolean cut = e.getCause() instanceof EOFException || e.getCause() instanceof InterruptedIOException;
            boolean judged = WebTls.problemBehind(e) != TlsProblem.PROTOCOL;
            return cut && !judged
                    ? new VoicemailException(Reason.UNREACHABLE, "the mailbox's server ended the handshake", e)
                    : new VoicemailException(Reason.UNTRUSTED, "the mailbox's server is not trusted", e);
        }
        return new VoicemailException(Reason.UNREACHABLE, "the mailbox's server cannot be reached", e);
    }

    static VoicemailException lost(@Nullable Throwable cause) {
        return new VoicemailException(Reason.UNREACHABLE, LOST, cause);
    }

    /** For exceptions of the library. */
    static VoicemailException of(ProtocolException e) {
        if (e instanceof ConnectionException) {
            return lost(e);
        }
        if (e instanceof CommandFailedException failed) {
            return refused(failed.getResponse());
        }
        String what =
                e instanceof BadCommandException ? "the server does not know a command" : "an answer makes no sense";
        return new VoicemailException(Reason.PROTOCOL, what, e);
    }

    /** For a command's last response, if it was not OK. */
    static VoicemailException of(Response last) {
        if (last.isBYE()) {
            return lost(last.getException());
        }
        return last.isNO()
                ? refused(last)
                : new VoicemailException(Reason.PROTOCOL, "the server does not know a command");
    }

    /** Chooses by the response code (RFC 5530 §3), if any. */
    private static VoicemailException refused(@Nullable Response response) {
        return switch (code(response)) {
            case "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "PRIVACYREQUIRED", "CONTACTADMIN" ->
                new VoicemailException(Reason.REFUSED, "the server does not accept the credentials");
            case "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG" ->
                new VoicemailException(Reason.UNREACHABLE, "the mailbox is not available now");
            case "OVERQUOTA" -> new VoicemailException(Reason.FULL, "the mailbox is full");
            case "EXPUNGEISSUED", "NONEXISTENT" ->
                new VoicemailException(Reason.NO_SUCH_MESSAGE, "it is not there any more");
            case "NOPERM", "CANNOT" -> new VoicemailException(Reason.UNSUPPORTED, "the mailbox does not permit it");
            default -> new VoicemailException(Reason.PROTOCOL, "the server refuses");
        };
    }

    /** For a login, where a refusal without a code means wrong credentials. */
    static VoicemailException loggingIn(ProtocolException e) {
        if (e instanceof CommandFailedException failed
                && code(failed.getResponse()).isEmpty()) {
            return new VoicemailException(Reason.REFUSED, "the server does not accept the credentials");
        }
        return of(e);
    }

    /** Returns the response code in capitals; empty if there is none. */
    private static String code(@Nullable Response response) {
        if (response == null) {
            return "";
        }
        response.reset();
        String text = response.getRest();
        // Angus returns the text after the condition.
        int open = text == null ? -1 : text.indexOf('[');
        int close = open < 0 ? -1 : text.indexOf(']', open);
        if (text == null || close < 0) {
            return "";
        }
        String code = text.substring(open + 1, close);
        int space = code.indexOf(' ');
        return (space < 0 ? code : code.substring(0, space)).toUpperCase(Locale.ROOT);
    }
}
