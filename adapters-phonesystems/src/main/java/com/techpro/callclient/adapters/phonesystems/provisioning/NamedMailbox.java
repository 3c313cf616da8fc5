// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.voicemail.VoicemailBox;

/**
 * A mailbox that a provisioning document names. Its server must be permitted before it is opened.
 * {@code toString} omits personal data.
 */
record NamedMailbox(HostPort server, Opening opening) {
    /** Creates the mailbox, without connecting. */
    interface Opening {
        VoicemailBox open(SipAccount account, LoginContext context) throws LoginRefusedException;
    }

    @Override
    public String toString() {
        return "NamedMailbox[redacted]";
    }
}
