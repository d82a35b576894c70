"""Needs and surveys: what people would like, and what they answer when asked.

Words: a *voice* is a need as somebody said it (or as a meeting counted it); a *meeting* is a rembug warga with its
list of needs; a *disclosure* is a voice about somebody's safety; a *survey* has dated *versions* made of *questions*;
a *response* is one filled sheet; an *invitation* is somebody to be asked by name, once, on a day.

Rules
1. Nobody needs an account to speak or to answer; sending twice is once.
2. A voice is shown only after somebody read it; a disclosure is seen by the one safeguarding person and nobody else.
3. A version that was published never changes; answers stay with the version they were given to.
4. A percentage never stands without n and its interval; groups under five are not broken down for outsiders.
5. A phone number goes as soon as its owner was told, or after six months.
"""
