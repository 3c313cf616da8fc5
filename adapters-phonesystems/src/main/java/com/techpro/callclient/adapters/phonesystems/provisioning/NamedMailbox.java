// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.voicemail.VoicemailBox;

/**
 * A mailbox that a provisioning document names: where it is, so that this can be permitted first, and how it is opened. Prints without personal
 * data.
 */
record NamedMailbox(HostPort server, Opening opening) {
    /** What differs between mailboxes. Connects to nothing yet. */
    interface Opening {
        VoicemailBox open(SipAccount account, LoginContext context) throws LoginRefusedException;
    }

    @Override
    public String toString() {
        return "NamedMailbox[redacted]";
    }
}
