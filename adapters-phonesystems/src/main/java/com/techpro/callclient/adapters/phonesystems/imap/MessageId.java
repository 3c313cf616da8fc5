// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message's permanent name (RFC 3501 §2.3.1.1). If the server renumbers its messages, the
 * validity changes and old names match nothing.
 *
 * @param greetings whether it is in the folder of greetings, not in the INBOX
 */
record MessageId(boolean greetings, long validity, long uid) {
    private static final Pattern TEXT = Pattern.compile("([mg])\\.([0-9]{1,10})\\.([1-9][0-9]{0,9})");

    static MessageId parse(String text) throws VoicemailException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw noSuch();
        }
        return new MessageId(
                matcher.group(1).equals("g"), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    static VoicemailException noSuch() {
        return new VoicemailException(Reason.NO_SUCH_MESSAGE, "there is no such message");
    }

    @Override
    public String toString() {
        return (greetings ? "g." : "m.") + validity + "." + uid;
    }
}
