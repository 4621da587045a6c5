/* Qt reads the screen's colour profile; wine's mscms lacks what it asks for. Here no screen has one. */
#define ANSWER(name, value) __declspec(dllexport) void *name(void) { return (void *)value; }

ANSWER(OpenColorProfileW, 0)
ANSWER(WcsOpenColorProfileW, 0)
ANSWER(WcsCreateIccProfile, 0)
ANSWER(CloseColorProfile, 1)
ANSWER(GetColorProfileFromHandle, 0)
