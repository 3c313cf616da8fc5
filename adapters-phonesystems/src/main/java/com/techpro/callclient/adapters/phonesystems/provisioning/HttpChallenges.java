// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Challenge;
import okhttp3.Response;

/**
 * The challenges of a 401, each as one text, as in SIP. Several may share a header field (RFC 9110
 * §11.6.1).
 */
final class HttpChallenges {
    private HttpChallenges() {}

    static List<String> of(Response response) {
        List<String> all = new ArrayList<>(2);
        if (response.code() == 401) {
            for (Challenge challenge : response.challenges()) {
                StringBuilder text = new StringBuilder(challenge.scheme()).append(' ');
                String separator = "";
                for (Map.Entry<String, String> parameter :
                        challenge.authParams().entrySet()) {
                    // No scheme known here uses a token68, which has no name.
                    if (parameter.getKey() != null) {
                        text.append(separator).append(parameter.getKey()).append("=\"");
                        text.append(parameter.getValue().replace("\\", "\\\\").replace("\"", "\\\""))
                                .append('"');
                        separator = ", ";
                    }
                }
                all.add(text.toString());
            }
        }
        return all;
    }
}
