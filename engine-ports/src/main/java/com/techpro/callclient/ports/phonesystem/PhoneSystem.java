// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/**
 * A kind of phone system that users log in to. Clauses, each tested by {@code PhoneSystemContract}:
 *
 * <ul>
 *   <li><b>PSY-1</b> {@link #logIn} blocks until the phone system has decided, at most a minute; the engine calls it on a worker.
 *   <li><b>PSY-2</b> The credentials go to the phone system alone, encrypted, never in a URL, and the password never in clear where the
 *       protocol lets it be proved instead (promise C1). They are not kept beyond the call,
 *       but by what the session asks again with them, such as its mailbox, and there until {@link Session#logOut}.
 *   <li><b>PSY-3</b> Only the phone system decides whether credentials are right (promise U2); nothing is cached.
 *   <li><b>PSY-4</b> Every outcome is a {@link LoginOutcome}; whatever the server answers, nothing is thrown.
 *   <li><b>PSY-5</b> Connections are opened through the {@link LoginContext} alone; after {@link #logIn} has returned a refusal, none is left.
 *   <li><b>PSY-6</b> Methods may be called from any thread, also several logins at once.
 *   <li><b>PSY-7</b> {@link #kind} is 1 to 32 of {@code a-z0-9-} and never changes.
 * </ul>
 */
public interface PhoneSystem {
    /** A stable word that names the kind, such as {@code lpconfig}; kept with the stored login. */
    String kind();

    LoginOutcome logIn(Login login, LoginContext context);
}
