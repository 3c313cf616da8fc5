// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

/** A header value that {@link HeaderField} parses because the stack uses its structure. */
interface HeaderValue {}
