extern float motor[8];
float getMotorOutputLow(void);
float getMotorOutputHigh(void);
