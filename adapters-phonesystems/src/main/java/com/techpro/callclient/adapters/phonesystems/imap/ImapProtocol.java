// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * The mail library's commands and grammar, on streams of ours. It logs under the name of this package whatever goes over the wire, if
 * somebody turns on the finest level for everything: callers' names and numbers do not belong there, so that it is off for this package.
 */
final class ImapProtocol extends IMAPProtocol {
    /** Held here, as the platform forgets loggers that nobody holds. */
    private static final List<Logger> SILENT = List.of(silent(""), silent(".protocol"));

    private final ResponseGuard guard;

    ImapProtocol(ResponseGuard in, OutputStream out) throws IOException {
        super(in, printed(out), new Properties(), SILENT.isEmpty());
        this.guard = in;
    }

    private static Logger silent(String below) {
        Logger logger = Logger.getLogger(ImapProtocol.class.getPackage().getName() + below);
        logger.setLevel(Level.OFF);
        return logger;
    }

    private static PrintStream printed(OutputStream out) throws UnsupportedEncodingException {
        // A print stream swallows failures; the answer that does not come tells of them.
        return new PrintStream(out, false, "US-ASCII");
    }

    /**
     * A response that cannot be read is left out, and what comes after it is read: each was complete before it was looked at. What is said of
     * messages we read ourselves.
     */
    @Override
    public Response readResponse() throws IOException, ProtocolException {
        try {
            IMAPResponse response = new IMAPResponse(this);
            guard.spend(0);
            if (!response.keyEquals("FETCH")) {
                return response;
            }
            FetchAnswer answer = new FetchAnswer(response);
            guard.spend(answer.elements());
            return answer;
        } catch (RuntimeException e) {
            throw new ProtocolException("a response makes no sense");
        }
    }
}
