// SPDX-License-Identifier: Apache-2.0
/**
 * Phone systems that users log in to over HTTPS, and voicemail over IMAP.
 *
 * <p>Start with {@link com.techpro.callclient.adapters.phonesystems.PhoneSystems}. What it returns goes to {@code CallClient.login}.
 */
module com.techpro.callclient.adapters.phonesystems {
    requires transitive com.techpro.callclient.ports;
    requires com.techpro.callclient.stack;
    requires static org.jspecify;
    requires com.google.gson;
    requires java.logging;
    requires okhttp3;
    requires jakarta.mail;
    requires org.eclipse.angus.mail;

    exports com.techpro.callclient.adapters.phonesystems;
}
